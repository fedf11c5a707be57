//! Routes and their description, given together: what is served and what the document says of it
//! are one list.

use std::sync::Arc;

use axum::Router;
use axum::handler::Handler;
use axum::routing::{self, MethodRouter};
use utoipa::openapi::path::{HttpMethod, Operation, Paths};

use super::document::Described;
use crate::headquarters::Headquarters;

/// What is served so far.
pub(super) struct Addresses {
    routes: Router<Arc<Headquarters>>,
    paths: Paths,
}

impl Addresses {
    pub(super) fn new() -> Self {
        Self { routes: Router::new(), paths: Paths::new() }
    }

    /// What is read at an address.
    pub(super) fn get<H, T>(self, path: &'static str, answers: H, described: Described) -> Self
    where
        H: Handler<T, Arc<Headquarters>>,
        T: 'static,
    {
        self.add(HttpMethod::Get, path, routing::get(answers), described)
    }

    /// What is sent to an address.
    pub(super) fn post<H, T>(self, path: &'static str, answers: H, described: Described) -> Self
    where
        H: Handler<T, Arc<Headquarters>>,
        T: 'static,
    {
        self.add(HttpMethod::Post, path, routing::post(answers), described)
    }

    fn add(
        mut self,
        method: HttpMethod,
        path: &'static str,
        answers: MethodRouter<Arc<Headquarters>>,
        described: Described,
    ) -> Self {
        let operation: Operation = described.at(&method, path);
        self.paths.add_path_operation(path, vec![method], operation);
        Self { routes: self.routes.route(path, answers), paths: self.paths }
    }

    /// The routes, and what is to be said of them.
    pub(super) fn into_parts(self) -> (Router<Arc<Headquarters>>, Paths) {
        (self.routes, self.paths)
    }
}
