using System;

namespace Http2Nano.Messages
{
    /// <summary>Calls an application's sources and sinks, so that an exception in them harms no other stream.</summary>
    internal static class GuardedBody
    {
        /// <summary>Reads from a source.</summary>
        /// <returns>
        /// The source's result, or <see cref="BodySource.Failed"/> when it threw or returned more than it was asked for.
        /// </returns>
        internal static int Read(BodySource source, int key, int position, byte[] buffer, int offset, int count, ServerCounters counters)
        {
            try
            {
                int read = source.Read(key, position, buffer, offset, count);
                return read > count ? BodySource.Failed : read;
            }
            catch (Exception exception)
            {
                Count(exception, counters);
                return BodySource.Failed;
            }
        }

        /// <summary>Asks a sink for its room.</summary>
        /// <returns>The sink's result, at least 0; -1 when it threw.</returns>
        internal static int Room(BodySink sink, int key, ServerCounters counters)
        {
            try
            {
                int room = sink.Room(key);
                return room < 0 ? 0 : room;
            }
            catch (Exception exception)
            {
                Count(exception, counters);
                return -1;
            }
        }

        /// <summary>Tells a sink that its body has ended.</summary>
        internal static void Close(BodySink sink, int key, bool complete, ServerCounters counters)
        {
            try
            {
                sink.Close(key, complete);
            }
            catch (Exception exception)
            {
                Count(exception, counters);
            }
        }

        /// <summary>Tells a source that it will not be read again.</summary>
        internal static void Close(BodySource source, int key, bool complete, ServerCounters counters)
        {
            try
            {
                source.Close(key, complete);
            }
            catch (Exception exception)
            {
                Count(exception, counters);
            }
        }

        /// <summary>Counts an exception of an application's code.</summary>
        internal static void Count(Exception exception, ServerCounters counters)
        {
            if (exception is OutOfMemoryException)
            {
                counters.OutOfMemory++;
            }
            else
            {
                counters.HandlerFailures++;
            }
        }
    }
}
