// What Node's http2 tells of one GET: URL. Prints the informational and the final response, trailers and promised streams as JSON.
import { connect } from 'node:http2';

const url = new URL(process.argv[2]);
const session = connect(url.origin);
session.on('error', (error) => { throw error; });
const told = { informational: [], promised: [] };
let open = 1;
const done = () => {
  if (--open === 0) {
    console.log(JSON.stringify(told));
    session.close();
  }
};
const read = (stream, into) => {
  const parts = [];
  stream.on('data', (part) => parts.push(part));
  stream.on('error', (error) => {
    into.error = error.message;
    done();
  });
  stream.on('trailers', (fields) => { into.trailers = fields; });
  stream.on('end', () => {
    into.body = Buffer.concat(parts).toString();
    done();
  });
};
session.on('stream', (stream, request) => {
  const promise = { path: request[':path'], method: request[':method'], authority: request[':authority'], beforeResponse: !told.status };
  told.promised.push(promise);
  open++;
  stream.on('push', (fields) => { promise.status = fields[':status']; });
  read(stream, promise);
});
const stream = session.request({ ':path': url.pathname });
stream.on('headers', (fields) => told.informational.push({ status: fields[':status'], link: fields.link }));
stream.on('response', (fields) => { told.status = fields[':status']; });
read(stream, told);
