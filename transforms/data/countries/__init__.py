"""Hand-written lists of names and the scripts that build the country lexicon from them."""
