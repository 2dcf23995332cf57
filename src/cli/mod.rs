//! The command line: the only place with arguments, standard output, the clock and the environment.
