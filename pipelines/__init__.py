"""When things run, and with what: settings, resources, jobs, the schedule, the command line."""
