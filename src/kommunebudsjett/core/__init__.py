"""What every stage stands on: the folders of a project, its parameters and registry, errors, files and fingerprints."""
