// node otlp.js < BODY: judges a body of OTLP by the generated code of OpenTelemetry's own protobuf: read as an object, there and back through the binary form, with nothing lost.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const root = createRequire(import.meta.url)('@opentelemetry/otlp-transformer/build/src/generated/root.js');
const Request = root.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
const body = JSON.parse(readFileSync(0, 'utf8'));
const points = request => request.resourceMetrics.flatMap(r => r.scopeMetrics).flatMap(s => s.metrics)
  .flatMap(m => (m.sum ?? m.gauge).dataPoints.map(p => `${m.name} ${m.sum ? `${m.sum.aggregationTemporality} ${m.sum.isMonotonic}` : 'gauge'} ${p.attributes.map(a => `${a.key}=${a.value.stringValue}`)} ${p.asDouble} ${Number(p.timeUnixNano)}`));
const [sent, back] = [points(body), points(Request.decode(Request.encode(Request.fromObject(body)).finish()))];
const lost = sent.findIndex((p, i) => p !== back[i]);
console.log(sent.length > 0 && lost < 0 && back.length === sent.length ? `ok ${sent.length} points` : `not ok ${sent[lost]}: ${back[lost]}`);
