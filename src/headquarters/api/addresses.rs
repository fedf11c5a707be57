//! Routes with their rule and their description, given together: what is served, who may ask for it
//! and what the document says of it are one list.

use std::sync::Arc;

use axum::Router;
use axum::handler::Handler;
use axum::routing::{self, MethodRouter};
use utoipa::openapi::path::{HttpMethod, Operation, Paths};

use super::document::Described;
use crate::access::{Route, Rule};
use crate::headquarters::Headquarters;

/// What is served so far.
pub(super) struct Addresses {
    router: Router<Arc<Headquarters>>,
    paths: Paths,
    routes: Vec<Route>,
}

impl Addresses {
    pub(super) fn new() -> Self {
        Self { router: Router::new(), paths: Paths::new(), routes: Vec::new() }
    }

    /// What is read at an address.
    pub(super) fn get<H, T>(
        self,
        path: &'static str,
        rule: Rule,
        answers: H,
        described: Described,
    ) -> Self
    where
        H: Handler<T, Arc<Headquarters>>,
        T: 'static,
    {
        let told = self.told(HttpMethod::Get, path, described);
        told.add("GET", path, rule, routing::get(answers))
    }

    /// What is sent to an address.
    pub(super) fn post<H, T>(
        self,
        path: &'static str,
        rule: Rule,
        answers: H,
        described: Described,
    ) -> Self
    where
        H: Handler<T, Arc<Headquarters>>,
        T: 'static,
    {
        let told = self.told(HttpMethod::Post, path, described);
        told.add("POST", path, rule, routing::post(answers))
    }

    /// What is read at an address that the document does not speak of: what those who run
    /// headquarters ask, and what is answered where nothing is.
    pub(super) fn get_untold<H, T>(self, path: &'static str, rule: Rule, answers: H) -> Self
    where
        H: Handler<T, Arc<Headquarters>>,
        T: 'static,
    {
        self.add("GET", path, rule, routing::get(answers))
    }

    /// What is sent to an address that the document does not speak of.
    pub(super) fn post_untold<H, T>(self, path: &'static str, rule: Rule, answers: H) -> Self
    where
        H: Handler<T, Arc<Headquarters>>,
        T: 'static,
    {
        self.add("POST", path, rule, routing::post(answers))
    }

    fn told(mut self, method: HttpMethod, path: &'static str, described: Described) -> Self {
        let operation: Operation = described.at(&method, path);
        self.paths.add_path_operation(path, vec![method], operation);
        self
    }

    fn add(
        mut self,
        method: &'static str,
        path: &'static str,
        rule: Rule,
        answers: MethodRouter<Arc<Headquarters>>,
    ) -> Self {
        self.routes.push(Route { method, path, rule });
        Self { router: self.router.route(path, answers), ..self }
    }

    /// The router, what is to be said of it, and every route with its rule.
    pub(super) fn into_parts(self) -> (Router<Arc<Headquarters>>, Paths, Vec<Route>) {
        (self.router, self.paths, self.routes)
    }
}
