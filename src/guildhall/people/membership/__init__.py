"""Which roles a person holds, where and until when; makes the Holder that doors ask."""
