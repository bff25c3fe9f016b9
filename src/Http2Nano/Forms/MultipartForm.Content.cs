using System;
using Http2Nano.Messages;

namespace Http2Nano.Forms
{
    // The part that reads the content of parts and the delimiters between them (RFC 2046 5.1.1).
    public sealed partial class MultipartForm
    {
        // Reads content up to the next delimiter.
        private int ReadContent(byte[] buffer, int at, int end)
        {
            while (at < end && _state <= Content)
            {
                if (_matched != 0)
                {
                    if (buffer[at] == _delimiter[_matched])
                    {
                        at++;
                        if (++_matched == _delimiterLength)
                        {
                            _matched = Nothing;
                            EndPart();
                            return at;
                        }

                        continue;
                    }

                    // These octets were content that began like a delimiter. A delimiter has CR at its beginning only, so
                    // no other one has begun within them.
                    int count = _matched;
                    _matched = 0;
                    Take(_delimiter, 0, count);
                    continue;
                }

                int next = Array.IndexOf(buffer, _carriageReturn, at, end - at);
                int until = next < 0 ? end : next;
                if (until > at)
                {
                    Take(buffer, at, until - at);
                }

                at = until;
                if (next >= 0)
                {
                    _matched = 1;
                    at++;
                }
            }

            return at;
        }

        private void Take(byte[] bytes, int offset, int count)
        {
            if (_state != Content || _sink == this)
            {
                return;
            }

            if (_sink == null)
            {
                Gather(bytes, offset, count);
                return;
            }

            if (count > MaximumPartLength - _length)
            {
                End(413);
                return;
            }

            _length += count;
            try
            {
                if (_sink.Room(Part) < count)
                {
                    End(503);
                    return;
                }

                _sink.Write(Part, bytes, offset, count);
            }
            catch (Exception)
            {
                End(500);
            }
        }

        // RFC 2046 5.1.1: a delimiter is followed by blanks and a line break; the last one by two hyphens.
        private void ReadBehindDelimiter(int octet)
        {
            if (octet == '-' && _matched <= Hyphen)
            {
                if (++_matched > Hyphen)
                {
                    _state = Epilogue;
                }
            }
            else if ((octet == ' ' || octet == '\t') && (_matched == Nothing || _matched == Blanks))
            {
                _matched = Blanks;
            }
            else if (octet == '\r' && (_matched == Nothing || _matched == Blanks))
            {
                _matched = CarriageReturn;
            }
            else if (octet == '\n' && _matched == CarriageReturn)
            {
                BeginPart();
            }
            else
            {
                End(400);
            }
        }

        private void BeginPart()
        {
            if (Part + 1 >= _maximumParts)
            {
                End(413);
                return;
            }

            Part++;
            _matched = Nothing;
            _length = 0;
            _state = PartFields;
            BeginPartFields();
        }

        // The empty line after the fields of a part has been read.
        private void BeginContent()
        {
            if (NameCount < 0)
            {
                // RFC 7578 4.2: the name is required.
                End(400);
                return;
            }

            BodySink sink;
            try
            {
                sink = _receiver.BeginPart(this);
            }
            catch (Exception)
            {
                End(500);
                return;
            }

            if (_state != PartFields)
            {
                return;
            }

            _sink = sink;
            _state = Content;
            if (sink == null)
            {
                BeginGathering();
            }
        }

        private void EndPart()
        {
            if (_state == Content)
            {
                if (_sink == null)
                {
                    EndGathering();
                }
                else if (!CloseSink(true))
                {
                    End(500);
                }
            }

            if (_state != Failed)
            {
                _state = BehindDelimiter;
            }
        }

        private bool CloseSink(bool complete)
        {
            BodySink sink = _sink;
            _sink = null;
            if (sink == null || sink == this)
            {
                return true;
            }

            try
            {
                sink.Close(Part, complete);
                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }
    }
}
