//! What `public/scan.js` asks where the browser reads no barcodes itself, in a module of its own, so that only those who scan
//! download it.

#[cfg(test)]
mod drawing;
mod frame;
mod line;
mod symbol;

use wasm_bindgen::prelude::wasm_bindgen;

/// Called by itself, when the module is ready.
#[wasm_bindgen(start)]
pub fn start() {
    // A panic ends as a bare trap; the console says where it was.
    std::panic::set_hook(Box::new(|panic| error(&panic.to_string())));
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console)]
    fn error(words: &str);
}

/// The digits of the barcode in a picture of so many bytes of red, green, blue and opacity, as a canvas gives it; none where two
/// lines across it do not agree.
#[wasm_bindgen]
pub fn read(rgba: &[u8], width: usize, height: usize) -> Option<String> {
    decode(&luma(rgba), width, height)
}

/// The same of a picture in grey, one byte for each pixel.
pub fn decode(luma: &[u8], width: usize, height: usize) -> Option<String> {
    frame::decode(luma, width, height)
}

/// How bright each pixel is.
fn luma(rgba: &[u8]) -> Vec<u8> {
    #[expect(clippy::cast_possible_truncation, reason = "the three weights are 256 together")]
    let grey =
        |[red, green, blue, _]: &[u8; 4]| ((u32::from(*red) * 77 + u32::from(*green) * 150 + u32::from(*blue) * 29) >> 8) as u8;
    rgba.as_chunks().0.iter().map(grey).collect()
}
