"""What is handed out after a meeting: documents that need nothing but themselves, made from the same views as everything else."""
