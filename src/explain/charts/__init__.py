"""From data to plotly figures, and the wording of a model's inputs. No widgets."""
