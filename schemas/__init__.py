"""What travels through dateline and what the lake promises. Imports nothing of ours, and no Beam."""
