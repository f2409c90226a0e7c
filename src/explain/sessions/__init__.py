"""What participants do: the service that takes their commands, and the ports it needs from the floors above."""
