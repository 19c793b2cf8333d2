"""Where dateline meets the world: network, disk, command line and runners."""
