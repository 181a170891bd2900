import { createReadStream, existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { extname, join } from "node:path";

const TYPES: Record<string, string> = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

/** Hands out a built site without the co-op behind it: what the service worker does must not depend on it. */
export class SiteServer {
  /** What `/sw.js` answers; tests replace it to deploy another build. */
  worker: string;
  /** Paths asked for since the last look. */
  asked: string[] = [];
  private server?: Server;

  constructor(
    private readonly site: string,
    readonly port: number,
  ) {
    this.worker = this.read("sw.js");
  }

  get address() {
    return `http://127.0.0.1:${this.port}`;
  }

  read(name: string) {
    return readFileSync(join(this.site, name), "utf8");
  }

  async start() {
    this.server = createServer((request, answer) => {
      const { pathname } = new URL(request.url ?? "/", this.address);
      this.asked.push(pathname);
      if (pathname === "/sw.js") {
        answer.setHeader("content-type", "text/javascript");
        answer.setHeader("cache-control", "no-cache");
        answer.end(this.worker);
        return;
      }
      if (pathname.startsWith("/api/")) {
        answer.writeHead(503, { "content-type": "application/json" }).end("{}");
        return;
      }
      const file = extname(pathname) ? join(this.site, pathname) : undefined;
      if (!file) {
        // A page as a server would render it; only the worker is on trial, so no app starts on it.
        answer.setHeader("content-type", "text/html; charset=utf-8");
        answer.end(`<!DOCTYPE html><html lang="fr"><title>Rendu</title><body data-rendered><main>Rendu par le serveur</main>
          <script>navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });</script></body></html>`);
        return;
      }
      if (!existsSync(file)) {
        answer.writeHead(404).end();
        return;
      }
      answer.setHeader("content-type", TYPES[extname(file)] ?? "application/octet-stream");
      createReadStream(file).pipe(answer);
    });
    await new Promise<void>((resolve) => this.server?.listen(this.port, "127.0.0.1", resolve));
  }

  async stop() {
    const { server } = this;
    this.server = undefined;
    if (!server) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
