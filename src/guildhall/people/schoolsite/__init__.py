"""What the authority tells schools on their front page: services, tasks, jobs, news and guides."""
