"""Step 4: reflection, with score, panel, colleagues, duties and the trainer's words."""
