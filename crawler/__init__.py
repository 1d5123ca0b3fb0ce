"""The machine: settings, sites, database, frontier, runs, command line."""
