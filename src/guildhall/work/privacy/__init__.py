"""What is held about a person: export, retention and erasure. It asks every room and holds no case itself."""
