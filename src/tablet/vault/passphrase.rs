//! Makes a key of a passphrase, in a worker that is ended as soon as it has answered.
//!
//! The page never waits for it. What is typed is brought into one form first: two keyboards may
//! write the same Vietnamese letter in different bytes.

use js_sys::{Function, JsString, Object, Promise, Reflect, Uint8Array};
use screens::seam::Passphrase;
use storage::vault::parameters::Parameters;
use storage::vault::slot::PassphraseKey;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

use crate::browser;

/// Where the page's first script puts the address of the worker.
const ADDRESS: &str = "bienbanWorker";

/// This browser makes no key of a passphrase.
#[derive(Debug)]
pub(crate) struct NoWorker;

/// Makes a key of a passphrase.
pub(crate) async fn stretch(
    passphrase: &Passphrase,
    salt: &[u8; 16],
    parameters: Parameters,
) -> Result<PassphraseKey, NoWorker> {
    asked(passphrase, salt, parameters).await.map_err(|_| NoWorker)
}

/// Chooses how much work a passphrase is to be on this machine, and does it.
pub(crate) async fn stretch_anew(
    passphrase: &Passphrase,
    salt: &[u8; 16],
) -> Result<(PassphraseKey, Parameters), NoWorker> {
    let begun = browser::milliseconds();
    let key = stretch(passphrase, salt, Parameters::FLOOR).await?;
    let parameters = Parameters::for_machine(browser::milliseconds() - begun);
    if parameters == Parameters::FLOOR {
        return Ok((key, parameters));
    }
    Ok((stretch(passphrase, salt, parameters).await?, parameters))
}

async fn asked(
    passphrase: &Passphrase,
    salt: &[u8; 16],
    parameters: Parameters,
) -> Result<PassphraseKey, JsValue> {
    let address = Reflect::get(&js_sys::global(), &ADDRESS.into())?;
    let address = address.as_string().ok_or(JsValue::NULL)?;
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options(&address, &options)?;
    let answered = answer(&worker, question(passphrase, salt, parameters)?).await;
    worker.terminate();
    let key = Reflect::get(&answered?, &"key".into())?.dyn_into::<Uint8Array>()?;
    let bytes = <[u8; 32]>::try_from(key.to_vec()).map_err(|_| JsValue::NULL)?;
    key.fill(0, 0, key.length());
    Ok(PassphraseKey::new(bytes))
}

fn question(
    Passphrase(passphrase): &Passphrase,
    salt: &[u8; 16],
    parameters: Parameters,
) -> Result<Object, JsValue> {
    let text = String::from(JsString::from(passphrase.as_str()).normalize("NFC"));
    let question = Object::new();
    let fields: [(&str, JsValue); 4] = [
        ("passphrase", Uint8Array::from(text.as_bytes()).into()),
        ("salt", Uint8Array::from(salt.as_slice()).into()),
        ("memoryKib", parameters.memory_kib().into()),
        ("passes", parameters.passes().into()),
    ];
    for (name, value) in fields {
        Reflect::set(&question, &name.into(), &value)?;
    }
    Ok(question)
}

/// Asks when the worker can hear, and waits for what it tells then.
async fn answer(worker: &Worker, question: Object) -> Result<JsValue, JsValue> {
    let asking = worker.clone();
    let mut ends: Option<(Function, Function)> = None;
    let answered = Promise::new(&mut |resolve, reject| ends = Some((resolve, reject)));
    let Some((resolve, reject)) = ends else { return Err(JsValue::NULL) };
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let told = if event.data().is_string() {
            asking.post_message(&question)
        } else {
            resolve.call1(&JsValue::UNDEFINED, &event.data()).map(drop)
        };
        // Whoever cannot be told any more has ended.
        let _ = told;
    });
    worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    worker.set_onerror(Some(&reject));
    JsFuture::from(answered).await
}
