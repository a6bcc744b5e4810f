"""The Studies page: designing a study, running it in the server's background, drawing what it answers."""
