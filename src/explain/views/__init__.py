"""What a person sees: rooms of a presenter (traits) and a panel (widgets), over furniture that knows no room."""
