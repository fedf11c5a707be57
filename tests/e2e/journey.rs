//! The journey of one finding.

#[tokio::test]
async fn placeholder() {}
