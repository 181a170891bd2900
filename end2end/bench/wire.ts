import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

interface Answered {
  path: string;
  status: number;
  /** Head and body, as they left for the browser. */
  bytes: number;
}

/** The wire between the browser and the server: counts what passes, workers' requests too, and can be cut. */
export class Wire {
  /** What passed since it was last emptied. */
  passed: Answered[] = [];
  private server?: Server;
  private port = 0;

  private constructor(private readonly to: URL) {}

  static async to(address: string): Promise<Wire> {
    const wire = new Wire(new URL(address));
    await wire.mend();
    return wire;
  }

  get address() {
    return `http://127.0.0.1:${this.port}`;
  }

  /** As if the server were gone: nobody listens any more. */
  async cut() {
    const { server } = this;
    this.server = undefined;
    if (!server) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  async mend() {
    const server = createServer((asked, answer) => this.pass(asked, answer));
    await new Promise<void>((resolve) => server.listen(this.port, "127.0.0.1", resolve));
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  private pass(asked: IncomingMessage, answer: ServerResponse) {
    const socket = asked.socket as Socket;
    const before = socket.bytesWritten;
    const path = new URL(asked.url ?? "/", this.address).pathname;
    const through = request(
      { host: this.to.hostname, port: this.to.port, path: asked.url, method: asked.method, headers: asked.headers },
      (came) => {
        answer.sendDate = false;
        answer.writeHead(came.statusCode ?? 502, came.rawHeaders);
        came.pipe(answer);
      },
    );
    through.on("error", () => socket.destroy());
    answer.on("close", () => {
      through.destroy();
      this.passed.push({ path, status: answer.statusCode, bytes: socket.bytesWritten - before });
    });
    asked.pipe(through);
  }
}
