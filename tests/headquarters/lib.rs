//! Headquarters through its real router on a real database.
