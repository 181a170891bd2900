//! What a page asks of the server, waited for by whoever renders it, and found by the browser in
//! the page's HTML.
//!
//! One kind of resource carries every kind of answer: a resource of its own for each would be
//! compiled, and downloaded, as many times.

use std::any::Any;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;

use domain::json::{self, Unreadable};
use leptos::prelude::*;
use leptos::server::codee::{Decoder, Encoder};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

type Anything = dyn Any + Send + Sync;

/// An answer: as it came in the HTML, or as it was made here.
#[derive(Clone)]
enum Answer {
    Came(Arc<Value>),
    Made { value: Arc<Anything>, write: fn(&Anything) -> Result<String, serde_json::Error> },
}

impl Answer {
    fn made<T: Serialize + Send + Sync + 'static>(value: T) -> Answer {
        Answer::Made { value: Arc::new(value), write: write::<T> }
    }

    fn read<T: DeserializeOwned + Clone + 'static>(&self) -> Option<T> {
        match self {
            Answer::Came(value) => json::read(value).ok(),
            Answer::Made { value, .. } => value.downcast_ref::<T>().cloned(),
        }
    }
}

/// Only the server writes pages.
fn write<T: Serialize + 'static>(value: &Anything) -> Result<String, serde_json::Error> {
    match value.downcast_ref::<T>() {
        Some(value) if cfg!(feature = "ssr") => serde_json::to_string(value),
        _ => Ok(String::new()),
    }
}

/// How answers stand in the page's HTML.
struct InPage;

impl Encoder<Answer> for InPage {
    type Error = serde_json::Error;
    type Encoded = String;

    fn encode(answer: &Answer) -> Result<String, serde_json::Error> {
        match answer {
            Answer::Came(value) => Ok(value.to_string()),
            Answer::Made { value, write } => write(&**value),
        }
    }
}

impl Decoder<Answer> for InPage {
    type Error = Unreadable;
    type Encoded = str;

    fn decode(text: &str) -> Result<Answer, Unreadable> {
        json::parse(text).map(|value| Answer::Came(Arc::new(value)))
    }
}

/// What is asked for; another one asks again.
#[derive(Clone)]
struct Question {
    value: Arc<Anything>,
    is_same: fn(&Anything, &Anything) -> bool,
}

impl Question {
    fn new<S: PartialEq + Send + Sync + 'static>(value: S) -> Question {
        Question { value: Arc::new(value), is_same: is_same::<S> }
    }
}

impl PartialEq for Question {
    fn eq(&self, other: &Question) -> bool {
        (self.is_same)(&*self.value, &*other.value)
    }
}

fn is_same<S: PartialEq + 'static>(a: &Anything, b: &Anything) -> bool {
    a.downcast_ref::<S>() == b.downcast_ref::<S>()
}

type Answering = Pin<Box<dyn Future<Output = Answer> + Send>>;
type Ask = Box<dyn Fn() -> Question + Send + Sync>;
type Fetch = Box<dyn Fn(Question) -> Answering + Send + Sync>;

fn resource(ask: Ask, fetch: Fetch, blocking: bool) -> Resource<Answer, InPage> {
    Resource::new_with_options(ask, fetch, blocking)
}

/// An answer of type `T` on its way.
pub struct Asked<T> {
    answer: Resource<Answer, InPage>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Asked<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Asked<T> {}

impl<T> Asked<T>
where
    T: Serialize + DeserializeOwned + Clone + Send + Sync + 'static,
{
    /// Asks, and again whenever `question` gives another one.
    pub fn new<S, F>(question: impl Fn() -> S + Send + Sync + 'static, fetch: impl Fn(S) -> F + Send + Sync + 'static) -> Asked<T>
    where
        S: Clone + PartialEq + Send + Sync + 'static,
        F: Future<Output = T> + Send + 'static,
    {
        Self::with(question, fetch, false)
    }

    /// The same; the page's status waits for it.
    pub fn new_blocking<S, F>(
        question: impl Fn() -> S + Send + Sync + 'static,
        fetch: impl Fn(S) -> F + Send + Sync + 'static,
    ) -> Asked<T>
    where
        S: Clone + PartialEq + Send + Sync + 'static,
        F: Future<Output = T> + Send + 'static,
    {
        Self::with(question, fetch, true)
    }

    fn with<S, F>(
        question: impl Fn() -> S + Send + Sync + 'static,
        fetch: impl Fn(S) -> F + Send + Sync + 'static,
        blocking: bool,
    ) -> Asked<T>
    where
        S: Clone + PartialEq + Send + Sync + 'static,
        F: Future<Output = T> + Send + 'static,
    {
        let ask: Ask = Box::new(move || Question::new(question()));
        let fetch: Fetch = Box::new(move |question| {
            let answering = question.value.downcast_ref::<S>().cloned().map(&fetch);
            Box::pin(async move {
                match answering {
                    Some(answering) => Answer::made(answering.await),
                    None => Answer::Came(Arc::default()),
                }
            })
        });
        Asked { answer: resource(ask, fetch, blocking), of: PhantomData }
    }

    /// The answer, once it is there.
    pub fn get(self) -> Option<T> {
        self.answer.get().and_then(|answer| answer.read())
    }

    /// Waits for the answer; nothing when it cannot be read.
    pub async fn wait(self) -> Option<T> {
        self.answer.await.read()
    }
}
