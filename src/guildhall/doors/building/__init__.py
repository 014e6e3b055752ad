"""The form builder: questions, groups, conditions, preview and publishing."""
