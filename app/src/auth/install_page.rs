//! How to put Alpar on the home screen, for iPhone and for Android.

use super::Door;
use crate::ui::Icon;
use leptos::prelude::*;

#[component]
pub fn InstallPage() -> impl IntoView {
    view! {
        <Door title="Alpar sur ton téléphone">
            <p class="door__soft">"Une icône comme les autres, et le planning même sans réseau."</p>
            <button class="button button--main button--block" type="button" data-install="" hidden>
                <Icon name="download"/>"Installer maintenant"
            </button>
            <section class="card" aria-labelledby="iphone">
                <h2 class="card__title" id="iphone">"iPhone"</h2>
                <ol class="steps">
                    <li class="steps__item">"Ouvre cette page dans Safari"</li>
                    <li class="steps__item"><span>"Touche "<Icon name="share"/>" "<strong>"Partager"</strong></span></li>
                    <li class="steps__item">
                        <span>"Choisis "<Icon name="square-plus"/>" "<strong>"Sur l’écran d’accueil"</strong></span>
                    </li>
                    <li class="steps__item">"Ouvre Alpar par son icône et tape ton code"</li>
                </ol>
            </section>
            <section class="card" aria-labelledby="android">
                <h2 class="card__title" id="android">"Android"</h2>
                <ol class="steps">
                    <li class="steps__item">"Ouvre cette page dans Chrome"</li>
                    <li class="steps__item">
                        <span>"Touche "<Icon name="ellipsis-vertical"/>" puis "<strong>"Installer l’application"</strong></span>
                    </li>
                </ol>
            </section>
            <a class="button button--quiet" href="/">"Retour à l’app"</a>
        </Door>
    }
}
