"""What people type: the forms, and the fields they are made of."""
