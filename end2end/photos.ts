import type { Page } from "@playwright/test";

/** A photo as a camera makes it: a JPEG of so many pixels, with something on it. */
export async function photo(page: Page, width: number, height: number) {
  const base64 = await page.evaluate(
    async ([width, height]) => {
      const canvas = new OffscreenCanvas(width, height);
      const paper = canvas.getContext("2d") as OffscreenCanvasRenderingContext2D;
      const sky = paper.createLinearGradient(0, 0, width, height);
      for (const [at, colour] of ["#2f6f8f", "#f2c14e", "#8f3b1b"].entries()) sky.addColorStop(at / 2, colour);
      paper.fillStyle = sky;
      paper.fillRect(0, 0, width, height);
      const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
      return new Promise<string>((read) => {
        const reader = new FileReader();
        reader.onload = () => read(String(reader.result).split(",")[1]);
        reader.readAsDataURL(blob);
      });
    },
    [width, height] as const,
  );
  return { name: "IMG_2031.JPG", mimeType: "image/jpeg", buffer: Buffer.from(base64, "base64") };
}

/** A file that says it is a photo, and is none. */
export const NO_PHOTO = { name: "recette.jpg", mimeType: "image/jpeg", buffer: Buffer.from("Deux poireaux, un litre d’eau.") };
