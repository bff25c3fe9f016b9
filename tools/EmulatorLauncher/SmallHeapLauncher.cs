using System;
using System.Reflection;
using nanoFramework.TestFramework;
using GC = nanoFramework.Runtime.Native.GC;

namespace Http2Nano.EmulatorLauncher
{
    /// <summary>
    /// Runs the tests of NFUnitTest in a small heap, in the order and with the output of the platform's launcher. The
    /// platform's launcher ends when the runtime compacts the heap while it reads a method's attributes (a System.Exception
    /// out of GetCustomAttributes); this launcher makes room first.
    /// </summary>
    public static class SmallHeapLauncher
    {
        /// <summary>The entry point.</summary>
        public static void Main()
        {
            Type[] types = Assembly.Load("NFUnitTest").GetTypes();
            for (int i = 0; i < types.Length; i++)
            {
                if (types[i].IsClass && Has(types[i].GetCustomAttributes(true), typeof(TestClassAttribute)))
                {
                    MethodInfo[] methods = types[i].GetMethods();
                    Run(methods, typeof(SetupAttribute));
                    Run(methods, typeof(TestMethodAttribute));
                    Run(methods, typeof(DataRowAttribute));
                    Run(methods, typeof(CleanupAttribute));
                }
            }
        }

        private static bool Has(object[] attributes, Type type)
        {
            for (int i = 0; i < attributes.Length; i++)
            {
                if (attributes[i].GetType() == type)
                {
                    return true;
                }
            }

            return false;
        }

        private static void Run(MethodInfo[] methods, Type wanted)
        {
            for (int i = 0; i < methods.Length; i++)
            {
                GC.Run(true);
                object[] attributes = Helper.RemoveTestMethodIfDataRowExists(methods[i].GetCustomAttributes(true));
                for (int row = 0; row < attributes.Length; row++)
                {
                    if (attributes[row].GetType() == wanted)
                    {
                        Run(methods[i], attributes[row] as DataRowAttribute, row);
                    }
                }
            }
        }

        private static void Run(MethodInfo method, DataRowAttribute data, int row)
        {
            string name = method.DeclaringType.FullName + "." + method.Name + "." + row.ToString() + ",";
            try
            {
                GC.Run(true);
                method.Invoke(null, data == null ? null : data.MethodParameters);
                Console.WriteLine("Test passed," + name + "0");
            }
            catch (SkipTestException exception)
            {
                Console.WriteLine("Test skipped," + name + exception.Message);
            }
            catch (Exception exception)
            {
                Console.WriteLine("Test failed," + name + exception.Message);
            }
        }
    }
}
