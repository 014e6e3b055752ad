"""What each person answers for at their school, who decides it, and what that opens to them. No post."""
