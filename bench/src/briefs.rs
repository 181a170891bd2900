//! The brief's texts become HTML: all of an issue, as at its publication and in its preview. Native code.

use std::hint::black_box;
use std::time::Instant;

use crate::figure::{Budget, Figure, Page, Unit};

// The very file that publishes, sanitiser included.
#[path = "../../backend/src/brief/render.rs"]
mod render;

/// As long as the longest issues are: so many blocks, each as long as a page.
const BLOCKS: usize = 12;
const TIMES: usize = 50;

const TEXT: &str = "\
## La chambre froide est *réparée*

Samedi matin, **Karim** et l’équipe Distribution ont passé deux heures avec le frigoriste : le compresseur est changé, la
porte ferme de nouveau, et les relevés du soir sont à [4 °C](/vacations). Merci à celles et ceux qui ont porté les cagettes
jusqu’à la cave pendant ce temps-là, et à [la ferme des Aravis](https://ferme.example/aravis?de=alpar&a=annecy) qui a
repris ses reblochons sans un mot de reproche.

Ce qui change pour nous :

1. la porte se ferme **à clé** le soir, la clé reste dans la boîte ;
2. on note la température à l’ouverture *et* à la fermeture ;
3. au-dessus de 6 °C, on appelle <astreinte@alpar.example> tout de suite.

> « On a gagné dix ans de frigo, et on n’a rien jeté. »

- les fromages sont de retour en rayon ;
- les yaourts arrivent jeudi ;
- le beurre, on ne sait pas encore : écris-nous si tu connais quelqu’un.

Il reste trois places samedi pour remettre les étagères en place, de 9 h à 12 h. Apporte des gants si tu en as, et de la
bonne humeur : on finit par une soupe. *L’équipe Distribution*
";

pub fn measure(page: &mut Page) {
    page.heading("The brief's texts");
    let once = || {
        let clock = Instant::now();
        for _ in 0..BLOCKS {
            black_box(render::html(black_box(TEXT)));
        }
        clock.elapsed().as_secs_f64() * 1e3
    };
    let least = (0..TIMES).map(|_| once()).fold(f64::INFINITY, f64::min);
    page.figure(
        Figure::new("an issue is rendered and sanitised", least, Unit::Ms, Budget::AtMost(2.0))
            .beside(format!("{BLOCKS} blocks of {} characters", TEXT.chars().count())),
    );
}
