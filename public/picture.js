// A picture as it may be published: small, upright, and without what the camera wrote into it.

/** The longest side, in pixels. */
const LONGEST = 1600;
/** Tried in turn until it is small enough; then smaller ones. */
const QUALITIES = [0.82, 0.7, 0.55, 0.4];
/** What the server takes, in bytes. */
const HEAVIEST = 600_000;
/** Reading more would take a phone's memory. In pixels. */
const LARGEST = 64e6;
/** The same of the small one, for rows. */
const TINY_LONGEST = [160, 120, 80];
const TINY_HEAVIEST = 12_000;

const NO_PICTURE = "Ce fichier n’est pas une photo que cet appareil sait lire : essaie une photo en JPEG ou en PNG.";
const NOT_MADE = "Cette photo n’a pas pu être préparée : essaie une autre.";
const TOO_LARGE = "Cette photo est trop grande pour être préparée ici : fais-la plus petite, ou essaie une autre.";

/**
 * The picture made again: its file with its size in pixels, or in French what is wrong with it. `rows`: with a small one of it
 * for rows, where one can be made.
 */
export async function small(file, rows = false) {
  const raster = (!file.type || file.type.startsWith("image/")) && file.type !== "image/svg+xml";
  const shown = raster && (await show(file));
  if (!shown) return { wrong: NO_PICTURE };
  const [whole, high] = [shown.naturalWidth, shown.naturalHeight];
  if (whole * high > LARGEST) return { wrong: TOO_LARGE };
  const scale = Math.min(1, LONGEST / Math.max(whole, high));
  const [width, height] = [whole, high].map((side) => Math.max(1, Math.round(side * scale)));
  try {
    const made = await light(file, shown, width, height);
    if (!made) return { wrong: NOT_MADE };
    const { encoded, ...size } = made;
    const ending = encoded.type === "image/webp" ? "webp" : "jpg";
    const name = `${file.name.replace(/\.\w+$/, "") || "photo"}.${ending}`;
    const tiny = rows ? await forRows(encoded, shown, size) : undefined;
    return { blob: new File([encoded], name, { type: encoded.type }), ...size, tiny };
  } catch (error) {
    console.error(error);
    return { wrong: NOT_MADE };
  }
}

/** Its head is read, and its size known, before anything is unpacked. */
async function show(file) {
  const picture = new Image();
  const address = URL.createObjectURL(file);
  try {
    await new Promise((read, refuse) => {
      picture.addEventListener("load", read, { once: true });
      picture.addEventListener("error", refuse, { once: true });
      picture.src = address;
    });
    return picture.naturalWidth && picture.naturalHeight ? picture : undefined;
  } catch {
    return undefined;
  } finally {
    URL.revokeObjectURL(address);
  }
}

async function drawn(file, shown, width, height) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  const paper = canvas.getContext("2d");
  paper.imageSmoothingQuality = "high";
  const source = await unpacked(file, width, height).catch(() => shown);
  paper.drawImage(source, 0, 0, width, height);
  source.close?.();
  return canvas;
}

/** Unpacked at its new size, off the page's own thread; a browser that cannot say how it lies leaves it to the canvas. */
function unpacked(file, width, height) {
  const size = { resizeWidth: width, resizeHeight: height, resizeQuality: "high" };
  return createImageBitmap(file, { imageOrientation: "from-image", ...size });
}

/** As good as it can be and not too heavy: a browser without WebP, and a photo of leaves, need it smaller. */
async function light(file, shown, width, height) {
  for (let scale = 1; scale > 0.2; scale *= 0.75) {
    const size = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
    const canvas = await drawn(file, shown, size.width, size.height);
    for (const quality of QUALITIES) {
      const encoded = await encode(canvas, quality);
      if (!encoded) return undefined;
      if (encoded.size <= HEAVIEST) return { encoded, ...size };
    }
  }
  return undefined;
}

/** The small one, on white: nothing shines through it. A picture without it is as good as before. */
async function forRows(picture, shown, { width, height }) {
  try {
    for (const longest of TINY_LONGEST) {
      const scale = Math.min(1, longest / Math.max(width, height));
      const [across, down] = [width, height].map((side) => Math.max(1, Math.round(side * scale)));
      const canvas = await drawn(picture, shown, across, down);
      onWhite(canvas);
      for (const quality of QUALITIES) {
        const encoded = await encode(canvas, quality);
        if (encoded && encoded.size <= TINY_HEAVIEST) return encoded;
      }
    }
  } catch (error) {
    console.warn("No small one:", error);
  }
  return undefined;
}

/** WebP, or JPEG where that cannot be made: then what is transparent lies on white. */
async function encode(canvas, quality) {
  const as = (type) => new Promise((made) => canvas.toBlob(made, type, quality));
  const webp = await as("image/webp");
  if (webp?.type === "image/webp") return webp;
  onWhite(canvas);
  return as("image/jpeg");
}

function onWhite(canvas) {
  const paper = canvas.getContext("2d");
  paper.globalCompositeOperation = "destination-over";
  paper.fillStyle = "#fff";
  paper.fillRect(0, 0, canvas.width, canvas.height);
}
