"""What ./run, ./test and ./bench share: setting up the machine and starting real services."""
