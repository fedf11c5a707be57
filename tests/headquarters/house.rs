//! A headquarters of its own for each test, and requests to it.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::http::header::{CONTENT_TYPE, COOKIE, HOST, LOCATION, ORIGIN, SET_COOKIE};
use axum::http::{HeaderMap, Request, StatusCode};
use domain::act::{Decision, Establishment, OpenInspection, Role};
use domain::event::Header;
use domain::ids::{EstablishmentId, EventId, InspectionId, PackHash, PersonId, SeatId};
use domain::moment::Moment;
use domain::state::{Entry, State};
use headquarters::api::router::{ops_router, router};
use headquarters::backup;
use headquarters::clock;
use headquarters::headquarters::Headquarters;
use headquarters::identity::{self, Roles, Standing, UnitId};
use headquarters::ledger;
use headquarters::store::people::{self, Opens, Person, Revocation, Uses};
use headquarters::store::{self, StoreFault, events, inspections, judgements, sharing};
use headquarters::tablet_app::TabletApp;
use http_body::Frame;
use jiff::civil::date;
use proof::chain::{Verified, verify_event};
use sync::admission::Author;
use sync::message::refusal::{Refusal, RefusalCode};
use tower::ServiceExt;

pub(crate) struct House {
    pub(crate) headquarters: Arc<Headquarters>,
    router: Router,
    ops: Router,
    folder: tempfile::TempDir,
    data: PathBuf,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl House {
    pub(crate) async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        Self::start_in(folder, data).await
    }

    async fn start_in(folder: tempfile::TempDir, data: PathBuf) -> Self {
        let app = TabletApp::choose(Some(folder.path().join("dist")));
        let keys = folder.path().join("data/keyring.toml");
        let headquarters = Headquarters::start(&data, Some(&keys), app).await;
        let headquarters = Arc::new(headquarters.unwrap());
        let router = router(headquarters.clone());
        let ops = ops_router(headquarters.clone());
        Self { headquarters, router, ops, folder, data }
    }

    /// Ends this headquarters and starts it again on the same folder.
    pub(crate) async fn restart(self) -> Self {
        let (folder, data) = self.stop().await;
        Self::start_in(folder, data).await
    }

    /// Ends this headquarters, and starts it on an old copy of its database as if nothing was.
    pub(crate) async fn put_back(self, backup: &Path) -> Self {
        let (folder, data) = self.stop().await;
        for beside in ["bienban.sqlite-wal", "bienban.sqlite-shm"] {
            let _ = std::fs::remove_file(data.join(beside));
        }
        std::fs::copy(backup.join("bienban.sqlite"), data.join("bienban.sqlite")).unwrap();
        Self::start_in(folder, data).await
    }

    async fn stop(self) -> (tempfile::TempDir, PathBuf) {
        let Self { headquarters, router, ops, folder, data } = self;
        headquarters.reads.flush().await.unwrap();
        drop((headquarters, router, ops));
        // The lock goes with the last clone, which the writer's task may still hold for a moment.
        let lock = std::fs::File::open(data.join("bienban.lock")).unwrap();
        while lock.try_lock().is_err() {
            tokio::task::yield_now().await;
        }
        drop(lock);
        (folder, data)
    }

    /// Makes a backup, headquarters running.
    pub(crate) async fn backup(&self) -> PathBuf {
        let backup = self.folder.path().join(domain::ids::to_hex(&clock::random::<4>()));
        backup::make(&backup, &self.data, clock::now()).await.unwrap();
        backup
    }

    /// Loses this headquarters and starts another from a backup of it.
    pub(crate) async fn restore(self, backup: &Path) -> Self {
        let Self { folder, data, .. } = self;
        drop(data);
        let data = folder.path().join(domain::ids::to_hex(&clock::random::<4>()));
        let keys = folder.path().join("data/keyring.toml");
        backup::restore(backup, &data, Some(&keys), clock::now()).await.unwrap();
        Self::start_in(folder, data).await
    }

    /// The folder of the database.
    pub(crate) fn data(&self) -> &Path {
        &self.data
    }

    /// Everything that is stored of an inspection, folded.
    pub(crate) async fn state(&self, inspection: InspectionId) -> State {
        let db = self.headquarters.store.readers();
        let mut state = State::new(self.headquarters.seats.iter().map(|seat| seat.seat));
        for stored in events::of_inspection(db, inspection, 0, usize::MAX).await.unwrap() {
            let Author { seat: author, .. } = stored.author;
            let Verified { id, header, body, .. } = verify_event(stored.event, 0).unwrap();
            let entry = Entry { id, author, seq: header.seq, at: header.at, body };
            state.apply(&entry, stored.custody);
        }
        state
    }

    /// The ids of the events of an inspection.
    pub(crate) async fn events(&self, inspection: InspectionId) -> BTreeSet<EventId> {
        let db = self.headquarters.store.readers();
        let stored = events::of_inspection(db, inspection, 0, usize::MAX).await.unwrap();
        stored.iter().map(|stored| proof::hash::id_of(&stored.event)).collect()
    }

    /// When headquarters' own events say that they were written, in the order of arrival.
    pub(crate) async fn dates(&self, inspection: InspectionId) -> Vec<(Moment, u64)> {
        let own = events::own(self.headquarters.store.readers(), inspection).await.unwrap();
        let headers = own.iter().map(|stored| Header::from_bytes(&stored.event.header).unwrap());
        headers.map(|header| (header.at, header.seq)).collect()
    }

    /// How many journals headquarters has in an inspection.
    pub(crate) async fn own_journals(&self, inspection: InspectionId) -> usize {
        let own = events::own(self.headquarters.store.readers(), inspection).await.unwrap();
        own.iter().map(|stored| stored.journal).collect::<BTreeSet<_>>().len()
    }

    /// How many held events wait.
    pub(crate) async fn waiting(&self) -> u64 {
        judgements::waiting(self.headquarters.store.readers()).await.unwrap()
    }

    /// Headquarters says what a person's role is.
    pub(crate) async fn assign(&self, inspection: InspectionId, person: PersonId, role: Role) {
        self.assign_at(inspection, person, role, clock::now()).await;
    }

    pub(crate) async fn assign_at(
        &self,
        inspection: InspectionId,
        person: PersonId,
        role: Role,
        now: Moment,
    ) {
        let keys = self.headquarters.keys.clone();
        let work = self.headquarters.store.write::<(), StoreFault, _>(move |tx| {
            Box::pin(async move {
                ledger::assign(tx, &keys, inspection, (person, role), (None, now)).await
            })
        });
        work.await.unwrap();
    }

    /// Lets a day pass since every seat was heard of.
    pub(crate) async fn age_contacts(&self) {
        self.execute("update seats set last_contact_ms = last_contact_ms - 86400000").await;
    }

    /// Changes the database behind headquarters' back.
    pub(crate) async fn execute(&self, change: &'static str) {
        let work = self.headquarters.store.write::<(), StoreFault, _>(move |tx| {
            Box::pin(async move {
                sqlx::raw_sql(change).execute(tx).await?;
                Ok(())
            })
        });
        work.await.unwrap();
    }

    /// The team by headquarters' own record.
    pub(crate) async fn team(&self, inspection: InspectionId) -> Vec<(Person, Role)> {
        inspections::team(self.headquarters.store.readers(), inspection).await.unwrap()
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn dist(&self) -> PathBuf {
        let dist = self.folder.path().join("dist");
        std::fs::create_dir_all(&dist).unwrap();
        dist
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        answer(self.router.clone(), request).await
    }

    pub(crate) async fn ops(&self, path: &str) -> Answer {
        answer(self.ops.clone(), Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// A person with an invitation to a seat.
    pub(crate) async fn invite(&self, name: &str) -> (PersonId, String) {
        self.invite_to(name, Opens::Seat, Uses::Any).await
    }

    pub(crate) async fn invite_to(
        &self,
        name: &str,
        opens: Opens,
        uses: Uses,
    ) -> (PersonId, String) {
        let (person, code) = (PersonId(clock::random()), clock::code());
        let given = code.clone();
        let name = name.to_owned();
        let work = self.headquarters.store.write::<(), StoreFault, _>(move |tx| {
            Box::pin(async move {
                let now = clock::now();
                people::add_person(&mut *tx, &Person { id: person, name }, now).await?;
                let roles = match opens {
                    Opens::Seat => Roles::of([identity::Role::Inspector, identity::Role::Lead]),
                    Opens::Office => {
                        Roles::of([identity::Role::Office, identity::Role::Administrator])
                    }
                };
                people::appoint(&mut *tx, person, Standing { roles, unit: None }).await?;
                let until = now.later_by_ms(60_000);
                people::invite(tx, &given, person, opens, uses, (now, until)).await
            })
        });
        work.await.unwrap();
        (person, code)
    }

    pub(crate) async fn revoke(&self, seat: SeatId) {
        let keys = self.headquarters.keys.clone();
        let work = self.headquarters.store.write::<bool, StoreFault, _>(move |tx| {
            Box::pin(async move {
                let seat = people::seat(&mut *tx, seat).await?.expect("it is enrolled");
                let reason = "mất máy".to_owned();
                let revocation = Revocation { at: clock::now(), by: None, reason };
                ledger::revoke(tx, &keys, &seat, &revocation).await
            })
        });
        assert!(work.await.unwrap());
    }

    /// Headquarters opens an inspection of a printing house for a team.
    pub(crate) async fn plan(&self, team: &[(PersonId, Role)]) -> InspectionId {
        let id = InspectionId(clock::random());
        let opening = self.opening().await;
        let keys = self.headquarters.keys.clone();
        let team = team.to_vec();
        let work = self.headquarters.store.write::<(), StoreFault, _>(move |tx| {
            Box::pin(async move {
                let by = (team[0].0, clock::now());
                ledger::open_inspection(tx, &keys, (id, opening), &team, by).await
            })
        });
        work.await.unwrap();
        id
    }

    pub(crate) async fn opening(&self) -> OpenInspection {
        OpenInspection {
            establishment: Establishment {
                id: EstablishmentId([7; 16]),
                name: "Cơ sở in Mẫu A".to_owned(),
                kind: "printer_publications".to_owned(),
                address: "Số 1 phố Ví Dụ".to_owned(),
            },
            reason: "Kiểm tra định kỳ".to_owned(),
            decision: Some(Decision { number: "01/QĐ-MẪU".to_owned(), on: date(2026, 7, 1) }),
            on: date(2026, 7, 2),
            checklists: vec![self.pack("checklist", "printing").await],
            law: self.pack("law", "law").await,
        }
    }

    async fn pack(&self, kind: &str, id: &str) -> PackHash {
        let packs = store::packs::list(self.headquarters.store.readers()).await.unwrap();
        let found = packs.iter().find(|pack| pack.kind == kind && (pack.id == id || kind == "law"));
        found.unwrap_or_else(|| panic!("there is no {kind} {id}")).sha256
    }

    /// Everything that is stored, apart from when seats were heard of.
    pub(crate) async fn digest(&self) -> String {
        let tables = [
            "counters",
            "persons",
            "invitations",
            "packs",
            "inspections",
            "team",
            "judgements",
            "own_journals",
            "journals",
            "heads",
            "events",
        ];
        let mut all = String::new();
        for table in tables {
            all += &format!("{table}\n{}\n", self.rows(table).await.join("\n"));
        }
        domain::ids::to_hex(&proof::hash::sha256(all.as_bytes()))
    }

    async fn rows(&self, table: &str) -> Vec<String> {
        let db = self.headquarters.store.readers();
        let columns = sqlx::AssertSqlSafe(format!("select name from pragma_table_info('{table}')"));
        let columns: Vec<String> = sqlx::query_scalar(columns).fetch_all(db).await.unwrap();
        // The bytes of packs are named by their hash, and there are many of them.
        let columns =
            columns.iter().filter(|column| (table, column.as_str()) != ("packs", "bytes"));
        let quoted = columns.map(|column| format!("quote({column})")).collect::<Vec<_>>();
        let row = quoted.join(" || '|' || ");
        let rows = sqlx::AssertSqlSafe(format!("select {row} as row from {table} order by 1"));
        sqlx::query_scalar(rows).fetch_all(db).await.unwrap()
    }

    /// The positions of everything stored, in order.
    pub(crate) async fn positions(&self) -> Vec<i64> {
        let query = sqlx::query_scalar("select position from events order by position");
        query.fetch_all(self.headquarters.store.readers()).await.unwrap()
    }

    /// A browser with a cookie that it was given once.
    pub(crate) fn clerk_with(&self, cookie: String) -> Clerk<'_> {
        Clerk { house: self, cookie }
    }

    /// Someone in the office with these roles, of this unit.
    pub(crate) async fn clerk_as(
        &self,
        roles: &[identity::Role],
        unit: Option<UnitId>,
    ) -> (PersonId, Clerk<'_>) {
        let (person, token) = self.invite_to("Cán bộ Mẫu", Opens::Office, Uses::Any).await;
        self.appoint(person, roles, unit).await;
        let answer = self.get(&format!("/office/enter?token={token}")).await;
        let cookie = answer.header(SET_COOKIE.as_str()).split(';').next().unwrap_or("").to_owned();
        (person, Clerk { house: self, cookie })
    }

    /// Says as what a person works, and where.
    pub(crate) async fn appoint(
        &self,
        person: PersonId,
        roles: &[identity::Role],
        unit: Option<UnitId>,
    ) {
        let roles = Roles::of(roles.iter().copied());
        let work = self.headquarters.store.write::<(), StoreFault, _>(move |tx| {
            Box::pin(async move { people::appoint(tx, person, Standing { roles, unit }).await })
        });
        work.await.unwrap();
    }

    /// A unit of the organisation.
    pub(crate) async fn unit(&self, name: &'static str) -> UnitId {
        let id = UnitId(clock::random());
        let work = self.headquarters.store.write::<(), StoreFault, _>(move |tx| {
            Box::pin(async move {
                let sql = "insert into units (id, name, created_at_ms) values ($1, $2, 0)";
                sqlx::query(sql).bind(id.0.to_vec()).bind(name).execute(tx).await?;
                Ok(())
            })
        });
        work.await.unwrap();
        id
    }

    /// Gives an inspection to a unit, or shows it to one.
    pub(crate) async fn place(&self, inspection: InspectionId, unit: UnitId, shared: bool) {
        let work = self.headquarters.store.write::<(), StoreFault, _>(move |tx| {
            Box::pin(async move {
                if shared {
                    sharing::share(tx, inspection, unit).await
                } else {
                    sharing::give(tx, inspection, unit).await
                }
            })
        });
        work.await.unwrap();
    }

    /// Someone in the office.
    pub(crate) async fn clerk(&self) -> Clerk<'_> {
        let (_, token) = self.invite_to("Cán bộ Mẫu", Opens::Office, Uses::Any).await;
        let answer = self.get(&format!("/office/enter?token={token}")).await;
        assert_eq!(
            (answer.status, answer.header(LOCATION.as_str())),
            (StatusCode::SEE_OTHER, "/office")
        );
        let cookie = answer.header(SET_COOKIE.as_str()).split(';').next().unwrap_or("").to_owned();
        Clerk { house: self, cookie }
    }
}

/// A signed-in browser in the office.
pub(crate) struct Clerk<'a> {
    house: &'a House,
    cookie: String,
}

impl Clerk<'_> {
    pub(crate) fn into_cookie(self) -> String {
        self.cookie
    }

    /// The same browser with another cookie.
    pub(crate) fn with_cookie(self, cookie: &str) -> Self {
        Self { cookie: format!("{}; {cookie}", self.cookie), ..self }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        let request = Request::get(path).header(COOKIE, &self.cookie);
        self.house.send(request.body(Body::empty()).unwrap()).await
    }

    /// A form that another page sent with this browser's cookies.
    pub(crate) async fn post_from(&self, origin: &str, path: &str, form: &str) -> Answer {
        let request = Request::post(path).header(COOKIE, &self.cookie);
        let request = request.header(HOST, "127.0.0.1:8080").header(ORIGIN, origin);
        let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.house.send(request.body(Body::from(form.to_owned())).unwrap()).await
    }

    /// A form that may have files, whose names and contents these are.
    pub(crate) async fn post_files(
        &self,
        path: &str,
        fields: &str,
        files: &[(&str, &[u8])],
    ) -> Answer {
        let request = Request::post(path).header(COOKIE, &self.cookie);
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let request = request.header(CONTENT_TYPE, kind);
        self.house.send(request.body(Body::from(form_with_files(fields, files))).unwrap()).await
    }

    /// A form whose file begins like this and goes on for ever.
    pub(crate) async fn post_without_end(&self, path: &str, fields: &str, file: &[u8]) -> Answer {
        let request = Request::post(path).header(COOKIE, &self.cookie);
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let request = request.header(CONTENT_TYPE, kind);
        let whole = form_with_files(fields, &[("a.pdf", file)]);
        let end = format!("\r\n--{BOUNDARY}--\r\n");
        let begun = whole[..whole.len() - end.len()].to_vec();
        self.house.send(request.body(Body::new(WithoutEnd(Some(begun.into())))).unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str, form: &str) -> Answer {
        let request = Request::post(path).header(COOKIE, &self.cookie);
        let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.house.send(request.body(Body::from(form.to_owned())).unwrap()).await
    }
}

/// A body that begins in some way and then goes on with spaces.
struct WithoutEnd(Option<Bytes>);

impl HttpBody for WithoutEnd {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        static SPACES: [u8; 1 << 20] = [b' '; 1 << 20];
        let next = self.0.take().unwrap_or(Bytes::from_static(&SPACES));
        Poll::Ready(Some(Ok(Frame::data(next))))
    }
}

/// The line between the parts of a form with files.
const BOUNDARY: &str = "sample-boundary";

/// What a browser sends of a form with files: first its fields, then each file with its name.
fn form_with_files(fields: &str, files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in form_urlencoded::parse(fields.as_bytes()) {
        let part = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        );
        body.extend(part.into_bytes());
    }
    for (name, content) in files {
        // The kind that the browser says is not asked.
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"evidence\"; filename=\"{name}\"\r\nContent-Type: image/png\r\n\r\n"
        );
        body.extend([head.as_bytes(), content, b"\r\n"].concat());
    }
    body.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
    body
}

impl Answer {
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn json<T: serde::de::DeserializeOwned>(&self) -> T {
        assert_eq!(self.status, StatusCode::OK, "{}", self.text());
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn refusal(&self) -> (StatusCode, RefusalCode, String) {
        let refusal: Refusal = serde_json::from_slice(&self.body).unwrap();
        let first = &refusal.errors[0];
        assert_eq!(self.status.as_u16(), first.code.status());
        (self.status, first.code, first.detail.clone())
    }
}

async fn answer(router: Router, request: Request<Body>) -> Answer {
    let response = router.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    Answer { status: parts.status, headers: parts.headers, body }
}
