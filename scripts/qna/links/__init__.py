"""Say what questions have to do with each other: related ones, concepts, ids in answers."""
