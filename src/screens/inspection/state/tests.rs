//! The laws of the sheet.
