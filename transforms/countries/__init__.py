"""The parts of the country tagger: names, the rules that read them in context, roles, salience."""
