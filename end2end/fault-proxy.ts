import { createServer, type IncomingMessage, type OutgoingHttpHeaders, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as it came to the proxy. */
export interface Asked {
  method: string;
  path: string;
  /** For whom it said that it is. */
  member?: string;
  body: string;
  /** Milliseconds, by this machine's clock. */
  at: number;
}

/** What befalls a request on its way. */
export type Fault = (
  | { does: "lose the request" }
  /** The server does it; nobody hears of it. */
  | { does: "lose the answer"; meanwhile?: () => Promise<void> }
  | { does: "answer instead"; status: number; headers: OutgoingHttpHeaders; body: string }
  /** The server's answer with another body; a file that it does not have is there all the same. */
  | { does: "rewrite"; body: string }
  /** Waits, then passes. */
  | { does: "hold"; until: Promise<unknown> }
) & { readonly met: Asked[] };

interface Rule {
  path: string;
  times: number;
  only: (asked: Asked) => boolean;
  fault: Fault;
}

export const loseTheRequest = (): Fault => ({ does: "lose the request", met: [] });

/** `meanwhile` happens when the server has answered, before anybody could hear it. */
export const loseTheAnswer = (meanwhile?: () => Promise<void>): Fault => ({ does: "lose the answer", meanwhile, met: [] });

/** As from the next deployment: the server's own headers, another content. */
export const rewrite = (body: string): Fault => ({ does: "rewrite", body, met: [] });

export const hold = (until: Promise<unknown>): Fault => ({ does: "hold", until, met: [] });

/** The server's own answer, as if it were unwell, or this were somebody else's. */
export const ours = (status: number, error = "unwell", headers: OutgoingHttpHeaders = {}): Fault => ({
  does: "answer instead",
  status,
  headers: { alpar: "1", "content-type": "application/json", ...headers },
  body: JSON.stringify({ error, message: "Une phrase pour qui la lit." }),
  met: [],
});

/** What a café's wifi says to whatever is asked, until somebody has agreed to its terms. */
export const portal = (): Fault => ({
  does: "answer instead",
  status: 200,
  headers: { "content-type": "text/html; charset=utf-8" },
  body: "<!DOCTYPE html><title>Bienvenue</title><p>Acceptez nos conditions pour naviguer.</p>",
  met: [],
});

export const COMMANDS = "/api/v1/commands";

/** Stands between the phones and the server, and loses, holds and forges what a test asks it to. */
export class FaultProxy {
  /** Every request that came, in order. */
  readonly asked: Asked[] = [];
  private rules: Rule[] = [];
  private server?: Server;
  private port: number;

  private constructor(
    /** Where requests go; may change on the way. */
    public to: string,
    port: number,
  ) {
    this.port = port;
  }

  static async before(address: string, port = 0): Promise<FaultProxy> {
    const proxy = new FaultProxy(address, port);
    await proxy.plugIn();
    return proxy;
  }

  get address() {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The next requests to a path, or to all (`*`), meet with this; without `times`, all of them until `mend`. */
  meet(path: string, fault: Fault, { times = Number.POSITIVE_INFINITY, only = () => true }: Partial<Omit<Rule, "path" | "fault">> = {}): Asked[] {
    this.rules.push({ path, times, only, fault });
    return fault.met;
  }

  /** Everything passes again. */
  mend() {
    this.rules = [];
  }

  /** The commands that came, each time they came. */
  commands(): { id: string; kind: string; member?: string }[] {
    return this.asked
      .filter(({ path }) => path === COMMANDS)
      .flatMap(({ body, member }) => JSON.parse(body).commands.map((command: { id: string; kind: string }) => ({ ...command, member })));
  }

  /** Nobody listens any more, and whoever was being answered is cut off. */
  async unplug() {
    const { server } = this;
    this.server = undefined;
    if (!server) return;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }

  async plugIn() {
    if (this.server) return;
    const server = createServer((asked, answer) => void this.take(asked, answer));
    await new Promise<void>((resolve) => server.listen(this.port, "127.0.0.1", resolve));
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  private async take(came: IncomingMessage, answer: ServerResponse) {
    const body = await whole(came).catch(() => undefined);
    if (body === undefined) return;
    const { pathname } = new URL(came.url ?? "/", this.address);
    const member = came.headers["alpar-member"]?.toString();
    const asked: Asked = { method: came.method ?? "GET", path: pathname, member, body: body.toString(), at: Date.now() };
    this.asked.push(asked);
    const rule = this.rules.find(({ path, times, only }) => times > 0 && (path === "*" || path === pathname) && only(asked));
    if (!rule) return this.pass(came, body, answer);
    rule.times--;
    const { fault } = rule;
    fault.met.push(asked);
    switch (fault.does) {
      case "lose the request":
        answer.destroy();
        return;
      case "lose the answer":
        await this.ask(came, body).catch(() => undefined);
        await fault.meanwhile?.();
        answer.destroy();
        return;
      case "answer instead":
        answer.writeHead(fault.status, { ...fault.headers, connection: "close" }).end(fault.body);
        return;
      case "rewrite": {
        const got = await this.ask(came, body);
        const { "content-length": _, "content-encoding": __, etag: ___, ...rest } = headers(got.answer);
        const type = pathname.endsWith(".css") ? "text/css" : rest["content-type"];
        answer.writeHead(200, { ...rest, "content-type": type, connection: "close" }).end(fault.body);
        return;
      }
      case "hold":
        await fault.until;
        this.pass(came, body, answer);
    }
  }

  /** As it is, streams too. */
  private pass(came: IncomingMessage, body: Buffer, answer: ServerResponse) {
    const through = this.through(came, (got) => {
      answer.writeHead(got.statusCode ?? 502, { ...headers(got), connection: "close" });
      got.pipe(answer);
      got.on("error", () => answer.destroy());
    });
    through.on("error", () => answer.destroy());
    answer.on("close", () => through.destroy());
    through.end(body);
  }

  /** Asks, and waits for the whole answer. */
  private async ask(came: IncomingMessage, body: Buffer): Promise<{ answer: IncomingMessage; text: Buffer }> {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      this.through(came, resolve).on("error", reject).end(body);
    });
    return { answer, text: await whole(answer) };
  }

  private through(came: IncomingMessage, then: (got: IncomingMessage) => void) {
    const { hostname, port } = new URL(this.to);
    const { connection: _, ...rest } = came.headers;
    // A browser sends again by itself what was lost on a connection that it had used before: each has its own.
    return request({ hostname, port, path: came.url, method: came.method, headers: rest, agent: false }, then);
  }
}

const headers = ({ headers: { connection: _, "keep-alive": __, ...rest } }: IncomingMessage) => rest;

async function whole(stream: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
