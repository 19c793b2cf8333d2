"""The parts of the topic tagger: lexicon, matching, queries, scores, explanations."""
