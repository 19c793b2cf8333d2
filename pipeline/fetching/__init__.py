"""HTTP as a polite and careful guest: addresses, robots.txt, conditional requests, polls, pages."""
