"""The register for other programs."""
