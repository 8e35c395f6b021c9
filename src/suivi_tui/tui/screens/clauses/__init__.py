"""The text of the clause of a contract: what it lacks, its pieces, what differs once it is sent."""
