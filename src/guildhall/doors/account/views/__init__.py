"""The pages of an account: registering, signing in, links from emails, My Account."""
