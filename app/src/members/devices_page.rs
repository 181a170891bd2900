//! « Mes appareils »: where I am signed in. Needs the network, and says so.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::api::{self, Device};
use crate::asked::Asked;
use crate::french::dates::date_short;
use crate::french::nb;
use crate::ui::{Chip, ChipLook, Empty, Frame, Icon, PageHead, Skeleton, Width};

#[component]
pub fn DevicesPage() -> impl IntoView {
    let devices = Asked::new_blocking(|| (), |()| api::devices());
    view! {
        <Title text="Mes appareils · Alpar"/>
        <Frame width=Width::Alone>
            <PageHead title="Mes appareils" back=("/moi".to_owned(), "Moi".to_owned())/>
            <crate::page_top::PageTop/>
            <Suspense fallback=|| view! { <Skeleton label="Tes appareils arrivent."/> }>
                {move || Suspend::new(async move {
                    match devices.wait().await {
                        Some(Ok(devices)) => list(devices).into_any(),
                        _ => view! {
                            <Empty
                                id="sans-reseau"
                                icon="cloud-off"
                                title="Il faut le réseau, cette fois"
                                text="La liste de tes appareils n’est pas gardée sur ce téléphone."
                            />
                        }
                        .into_any(),
                    }
                })}
            </Suspense>
        </Frame>
    }
}

fn list(devices: Vec<Device>) -> impl IntoView {
    let rows = devices
        .into_iter()
        .map(|device| {
            let icon = if device.name.contains("iPhone") || device.name.contains("Android") { "smartphone" } else { "monitor" };
            let end = if device.here {
                view! { <Chip look=ChipLook::Done>"Ici"</Chip> }.into_any()
            } else {
                view! {
                    <form class="row__end" method="post" action="/moi/appareils/revoquer">
                        <input type="hidden" name="session" value=device.id.to_string()/>
                        <button
                            class="button button--danger"
                            type="submit"
                            aria-label=format!("Déconnecter {}", device.name)
                        >
                            "Déconnecter"
                        </button>
                    </form>
                }
                .into_any()
            };
            let seen = if device.here { "Cet appareil".to_owned() } else { format!("Vu le {}", date_short(device.last_seen_on)) };
            view! {
                <li class="row">
                    <Icon name=icon/>
                    <span class="row__body">
                        <span class="row__title">{device.name.clone()}</span>
                        <span class="row__soft">{seen}</span>
                    </span>
                    {end}
                </li>
            }
        })
        .collect_view();
    view! {
        <ul class="list">{rows}</ul>
        <p class="soft">{nb("Tu ne reconnais pas un appareil ? Déconnecte-le : il lui faudra un nouveau code.")}</p>
    }
}
