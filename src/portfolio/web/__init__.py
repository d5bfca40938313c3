"""The page for the portfolio meeting: one portfolio served to a room, its file staying the truth."""
