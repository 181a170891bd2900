import type { AddressInfo } from "node:net";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

/** A real mail server on this machine: what comes is read by a library that is not ours. */
export class MailServer {
  readonly mails: ParsedMail[] = [];
  /** What it says to the next recipients, instead of taking the mail. */
  readonly refusals: { code: number; text: string }[] = [];

  private constructor(private readonly server: SMTPServer) {}

  static async open(): Promise<MailServer> {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ["STARTTLS"],
      logger: false,
      onRcptTo: (_address, _session, done) => {
        const refusal = box.refusals.shift();
        done(refusal ? Object.assign(new Error(refusal.text), { responseCode: refusal.code }) : null);
      },
      onData: (stream, _session, done) => {
        simpleParser(stream).then((mail) => {
          box.mails.push(mail);
          done();
        }, done);
      },
    });
    const box = new MailServer(server);
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    return box;
  }

  get url() {
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  to(email: string) {
    return this.mails.filter(({ to }) => [to].flat().some((list) => list?.value.some(({ address }) => address === email)));
  }

  close() {
    return new Promise<void>((closed) => this.server.close(() => closed()));
  }
}
