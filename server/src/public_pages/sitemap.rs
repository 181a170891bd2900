//! Every page that search engines may keep (sitemaps.org).

use std::fmt::Write;

use app::french::dates::iso;
use app::public_pages::html::escaped;
use backend::public_page::Address;

pub fn sitemap(addresses: &[Address], origin: &str) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for address in addresses {
        let _ = write!(xml, "<url><loc>{}{}</loc>", escaped(origin), escaped(&address.path));
        if let Some(at) = address.changed_at {
            let _ = write!(xml, "<lastmod>{}</lastmod>", iso(at));
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    xml
}
