//! What a page asks of the server, waited for by whoever renders it.
//!
//! One kind of resource carries every kind of answer: a resource of its own for each would be
//! compiled, and downloaded, as many times.

use std::any::Any;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::server::codee::{Decoder, Encoder};

type Anything = dyn Any + Send + Sync;

/// An answer, of whatever type.
#[derive(Clone)]
struct Answer(Arc<Anything>);

/// Answers do not travel in the page's HTML: the app asks for itself.
struct Nowhere;

#[derive(Debug)]
struct Unsaid;

impl Encoder<Answer> for Nowhere {
    type Error = Unsaid;
    type Encoded = String;

    fn encode(_: &Answer) -> Result<String, Unsaid> {
        Err(Unsaid)
    }
}

impl Decoder<Answer> for Nowhere {
    type Error = Unsaid;
    type Encoded = str;

    fn decode(_: &str) -> Result<Answer, Unsaid> {
        Err(Unsaid)
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

fn resource(ask: Ask, fetch: Fetch, blocking: bool) -> Resource<Answer, Nowhere> {
    Resource::new_with_options(ask, fetch, blocking)
}

/// An answer of type `T` on its way.
pub struct Asked<T> {
    answer: Resource<Answer, Nowhere>,
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
    T: Clone + Send + Sync + 'static,
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
                    Some(answering) => Answer(Arc::new(answering.await)),
                    None => Answer(Arc::new(())),
                }
            })
        });
        Asked { answer: resource(ask, fetch, blocking), of: PhantomData }
    }

    /// The answer, once it is there.
    pub fn get(self) -> Option<T> {
        self.answer.get().and_then(|answer| answer.0.downcast_ref::<T>().cloned())
    }

    /// The page waits for the answer, which is looked at elsewhere.
    pub fn hold(self) {
        let _ = self.answer.get();
    }

    /// Waits for the answer; nothing when it cannot be read.
    pub async fn wait(self) -> Option<T> {
        self.answer.await.0.downcast_ref::<T>().cloned()
    }
}
