import { createECDH, createPublicKey, type ECDH, randomBytes, verify } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import ece from "http_ece";

export interface Pushed {
  at: number;
  headers: IncomingHttpHeaders;
  message: { title: string; body: string; url: string; tag: string };
}

/** A push service on this machine, and the one device behind it: it decrypts what comes as a browser does (RFC 8291). */
export class PushEndpoint {
  readonly pushed: Pushed[] = [];
  /** What it answers next; then 201 again. */
  readonly answers: { status: number; headers?: Record<string, string> }[] = [];
  private readonly keys: ECDH = createECDH("prime256v1");
  private readonly secret = randomBytes(16);

  private constructor(private readonly server: Server) {
    this.keys.generateKeys();
  }

  static async open(): Promise<PushEndpoint> {
    const server = createServer();
    const service = new PushEndpoint(server);
    server.on("request", async (request, response) => {
      const body: Buffer[] = [];
      for await (const part of request) body.push(part);
      const { status, headers } = service.answers.shift() ?? { status: 201 };
      if (status === 201) service.pushed.push({ at: Date.now(), headers: request.headers, message: service.decrypted(Buffer.concat(body)) });
      response.writeHead(status, headers).end();
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    return service;
  }

  get subscription() {
    const { port } = this.server.address() as AddressInfo;
    const endpoint = `http://127.0.0.1:${port}/device`;
    return { endpoint, keys: { p256dh: this.keys.getPublicKey("base64url"), auth: this.secret.toString("base64url") } };
  }

  close() {
    this.server.closeAllConnections();
    this.server.close();
  }

  private decrypted(body: Buffer): Pushed["message"] {
    const text = ece.decrypt(body, { version: "aes128gcm", privateKey: this.keys, authSecret: this.secret.toString("base64url") });
    return JSON.parse(text.toString("utf8"));
  }
}

/** The claims of a push's signature, once it was checked with the key beside it (RFC 8292). */
export function signedBy({ headers }: Pushed): { key: string; claims: { aud: string; exp: number; sub: string } } {
  const [, token, key] = /^vapid t=([^,]+), k=(.+)$/.exec(headers.authorization ?? "") ?? [];
  const [head, body, signature] = token.split(".");
  const point = Buffer.from(key, "base64url");
  const jwk = { kty: "EC", crv: "P-256", x: point.subarray(1, 33).toString("base64url"), y: point.subarray(33).toString("base64url") };
  const publicKey = createPublicKey({ key: jwk, format: "jwk" });
  const valid = verify("sha256", Buffer.from(`${head}.${body}`), { key: publicKey, dsaEncoding: "ieee-p1363" }, Buffer.from(signature, "base64url"));
  if (!valid) throw new Error("the signature is not its key's");
  return { key, claims: JSON.parse(Buffer.from(body, "base64url").toString("utf8")) };
}
