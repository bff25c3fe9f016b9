// One request with Node's http2: METHOD URL BODY-FILE [UPLOAD-FILE CONTENT-TYPE]. Prints what came as JSON.
import { readFileSync, writeFileSync } from 'node:fs';
import { connect, constants } from 'node:http2';

const [method, address, target, upload, type] = process.argv.slice(2);
const url = new URL(address);
const session = connect(url.origin, { rejectUnauthorized: false });
session.on('error', (error) => { throw error; });
const headers = { ':method': method, ':path': url.pathname + url.search };
if (upload) headers['content-type'] = type;
const stream = session.request(headers, { endStream: !upload });
const parts = [];
let answer;
stream.on('response', (fields) => { answer = fields; });
stream.on('data', (part) => parts.push(part));
stream.on('error', (error) => { throw error; });
stream.on('end', () => {
  if (stream.rstCode !== constants.NGHTTP2_NO_ERROR) throw new Error(`reset with ${stream.rstCode}`);
  writeFileSync(target, Buffer.concat(parts));
  console.log(JSON.stringify({ status: answer[':status'], version: 'HTTP/2', contentType: answer['content-type'] ?? null }));
  session.close();
});
if (upload) stream.end(readFileSync(upload));
