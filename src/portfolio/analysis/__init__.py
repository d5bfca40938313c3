"""Why, why not, and what each rule costs."""
