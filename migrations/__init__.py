"""How the database got its shape: one file a step, up and down."""
